-- Reads the best of the standings.
-- KEYS, ARGV[1]: see shared/session.lua
-- ARGV[2] how many, at least 1
-- Gives { "found", version, players, records as JSON, best first } or { "not-found" }.
local session = load()
if not session then return { 'not-found' } end
local best = redis.call('ZREVRANGE', STANDINGS, 0, tonumber(ARGV[2]) - 1)
local records = {}
-- Lua passes a few thousand arguments at most.
for start = 1, #best, 1000 do
  local some = redis.call('HMGET', ATTEMPTS, unpack(best, start, math.min(start + 999, #best)))
  for _, record in ipairs(some) do records[#records + 1] = record end
end
return { 'found', int(session.version), redis.call('ZCARD', STANDINGS), records }
