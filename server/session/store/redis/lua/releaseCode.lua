-- Gives a code back, if the session still has it.
-- KEYS[1] the code's key
-- ARGV[1] the session's id
-- Gives   1 where it had it, else 0.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])
