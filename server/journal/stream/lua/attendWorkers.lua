#!lua flags=allow-oom
-- Puts down that a worker is alive, and says which ones are. Memory that is full must not keep workers from emptying it.
-- KEYS[1] zset of workers, by when each was last heard of, ms since 1970
-- ARGV[1] the worker's id
-- ARGV[2] for how long a worker counts as alive after it was heard of, ms
-- Gives   the ids of all workers that are alive, itself among them.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZADD', KEYS[1], string.format('%.0f', now), ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', string.format('(%.0f', now - ARGV[2]))
return redis.call('ZRANGE', KEYS[1], 0, -1)
