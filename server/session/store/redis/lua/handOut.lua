-- SELF_PACED: hands the next question out to a player who faces none; one whose time is over is missed first.
-- KEYS, ARGV[1]: see shared/session.lua
-- ARGV[2] the attempt's id
-- Gives { "done" or "unchanged", the session (see sessionReply) }, { "refused", the session's state } or
--       { "not-found" }.
local session = load()
local record = session and loadAttempt(ARGV[2])
if not record then return { 'not-found' } end
if session.state ~= 'RUNNING' then return { 'refused', session.state } end

local version = session.version
missIfOver(session, record)
if record.status == 'ACTIVE' and record.facing == cjson.null then
  faceNext(record)
  changeAttempt(session, record, 'attempt')
end
if session.version == version then return { 'unchanged', sessionReply() } end
expect(session)
return { 'done', sessionReply() }
