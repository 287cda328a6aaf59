-- Keeps a reserved code for its session, which is there now.
-- KEYS[1] the code's key
-- ARGV[1] the session's id
-- Gives   1, or 0 where the reservation ran out and another session has the code.
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1])
return 1
