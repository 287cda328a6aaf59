-- Claims sessions to which something happens by itself, for a while: where the server that claimed one does not get
-- it done, another may claim it after that. What happens is judged again when it is done, so nothing happens twice.
-- KEYS    due times of shards, and then, in the same order, their alive; all in one slot where the store is a cluster
-- ARGV[1] how long a claim lasts, ms
-- ARGV[2] how many at most, of each shard
-- Gives   { now, the next due time after these or "", ids of sessions, places of shards that are held (from 1), and
--         why, flat }
local now = clock()
local claimed, held = {}, {}
local nextAt = nil
local shards = #KEYS / 2
for place = 1, shards do
  local due = KEYS[place]
  local why = heldBy(KEYS[shards + place], now)
  if why then
    held[#held + 1] = place
    held[#held + 1] = why
  else
    local ids = redis.call('ZRANGEBYSCORE', due, '-inf', string.format('%.0f', now), 'LIMIT', 0, tonumber(ARGV[2]))
    for _, id in ipairs(ids) do
      redis.call('ZADD', due, string.format('%.0f', now + tonumber(ARGV[1])), id)
      claimed[#claimed + 1] = id
    end
    local first = redis.call('ZRANGE', due, 0, 0, 'WITHSCORES')
    if first[2] and (not nextAt or tonumber(first[2]) < nextAt) then nextAt = tonumber(first[2]) end
  end
end
return { string.format('%.0f', now), nextAt and string.format('%.0f', nextAt) or '', claimed, held }
