#!lua flags=allow-oom
-- Gives the lease of a shard back, if it is the worker's own.
-- KEYS[1] the lease
-- ARGV[1] the worker's id
-- Gives   1, or 0 where another has it, or nobody.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])
