-- Reserves a code for a session, for a while: it is kept once the session is there (confirmCode.lua), and free again
-- where its server died before.
-- KEYS[1] the code's key
-- ARGV[1] the session's id
-- ARGV[2] how long, ms
-- ARGV[3] the id whose reservation is over and may be replaced, or ""
-- Gives   { "reserved" }, or { "held", the id of the session that has it, "1" where that one is only reserved }.
local holder = redis.call('GET', KEYS[1])
if holder == ARGV[1] then
  -- Again: the time begins anew where it was running.
  if redis.call('PTTL', KEYS[1]) > 0 then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
  return { 'reserved' }
end
if holder and holder ~= ARGV[3] then
  return { 'held', holder, redis.call('PTTL', KEYS[1]) > 0 and '1' or '0' }
end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return { 'reserved' }
