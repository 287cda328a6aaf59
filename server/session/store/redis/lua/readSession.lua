-- Reads a session as everyone may see it, and what is asked to judge its phase.
-- KEYS, ARGV[1]: see shared/session.lua
-- Gives { "found", the session (see sessionReply), phaseVersion, when it is abandoned or forgotten,
--         "1" where all have answered, "1" where a question that a player faces is over }, or { "not-found", now }.
local session = load()
if not session then return { 'not-found', int(NOW) } end
local facing = 0
if session.state == 'RUNNING' then facing = redis.call('ZCOUNT', FACING, '-inf', int(NOW)) end
return { 'found', sessionReply(), int(session.phaseVersion), int(keptUntil(session)),
  allAnswered(session) and '1' or '0', facing > 0 and '1' or '0' }
