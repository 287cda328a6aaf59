-- Drops a session that is finished, was kept at hand for its time, and is stored to its last change. A time to live
-- on the keys would not wait for a PostgreSQL that is down.
-- KEYS, ARGV[1]: see shared/session.lua
-- Gives { "forgotten", its code }, { "kept" }, or { "gone" } where the session is not there.
local session = load()
if not session then
  redis.call('ZREM', DUE, SESSION_ID)
  return { 'gone' }
end
local stored = tonumber(redis.call('HGET', SESSION, 'storedVersion'))
if session.state ~= 'FINISHED' or keptUntil(session) > NOW or stored < session.version then return { 'kept' } end
local code = redis.call('HGET', SESSION, 'code')
redis.call('UNLINK', SESSION, ATTEMPTS, ANSWERS, STANDINGS, NICKNAMES, TALLY, FACING)
redis.call('ZREM', DUE, SESSION_ID)
return { 'forgotten', code }
