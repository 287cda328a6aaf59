#!lua flags=allow-oom
-- Gives the next entries of a shard's stream to the worker that holds its lease, and to no other: a worker that was held up
-- and lost the lease gets nothing any more. What was given out and not acknowledged comes first, in its order, whichever
-- worker it was given to: all leaseholders read as one consumer, so the next one finds it by itself. The same reading
-- sent twice gives the same entries.
-- KEYS[1] the lease, KEYS[2] the stream
-- ARGV[1] the worker's id
-- ARGV[2] the group, ARGV[3] the consumer
-- ARGV[4] the last entry that the worker has, "0" at first
-- ARGV[5] the most entries to give
-- Gives   { "lost" } or { "read", entries as XRANGE gives them, the stream's last id }.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return { 'lost' } end

local function read(from)
  local reply = redis.pcall('XREADGROUP', 'GROUP', ARGV[2], ARGV[3], 'COUNT', ARGV[5], 'STREAMS', KEYS[2], from)
  if not reply then return {} end
  if reply.err then
    -- Not made yet, or gone with an emptied Redis. From the beginning: everything still there is not stored.
    if not string.find(reply.err, 'NOGROUP', 1, true) then error(reply) end
    redis.call('XGROUP', 'CREATE', KEYS[2], ARGV[2], '0', 'MKSTREAM')
    return {}
  end
  return reply[1] and reply[1][2] or {}
end

local entries = read(ARGV[4])
if #entries == 0 then entries = read('>') end
local info = redis.call('XINFO', 'STREAM', KEYS[2])
local last = '0-0'
for field = 1, #info, 2 do
  if info[field] == 'last-generated-id' then last = info[field + 1] end
end
return { 'read', entries, last }
