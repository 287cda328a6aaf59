#!lua flags=allow-oom
-- Takes the lease of a shard, if nobody has it, or prolongs the worker's own.
-- KEYS[1] the lease
-- ARGV[1] the worker's id
-- ARGV[2] how long the lease lasts, ms
-- Gives   "taken": nobody had it, so what is pending must be read first; "kept"; or "held" by another worker.
local owner = redis.call('GET', KEYS[1])
if owner == ARGV[1] then
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
  return 'kept'
end
if owner then return 'held' end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 'taken'
