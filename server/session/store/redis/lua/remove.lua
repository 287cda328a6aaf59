-- Takes a player out of the game, for good.
-- KEYS, ARGV[1]: see shared/session.lua
-- ARGV[2] the attempt's id
-- ARGV[3] the key of its nickname
-- Gives { "done", the session (see sessionReply), "1" where all who are left have answered },
--       { "unchanged", the session, … } or { "not-found" }.
local session = load()
local record = session and loadAttempt(ARGV[2])
if not record then return { 'not-found' } end
if record.status == 'REMOVED' then return { 'unchanged', sessionReply(), allAnswered(session) and '1' or '0' } end

if session.number then
  local answer = redis.call('HGET', ANSWERS, record.id .. ':' .. int(session.number))
  if answer then count(session, cjson.decode(answer), -1) end
end
if redis.call('HGET', NICKNAMES, ARGV[3]) == record.id then redis.call('HDEL', NICKNAMES, ARGV[3]) end
record.status = 'REMOVED'
record.facing = cjson.null
changeAttempt(session, record, 'standings')
expect(session)
return { 'done', sessionReply(), allAnswered(session) and '1' or '0' }
