-- The one clock that judges: Redis' own. Milliseconds since 1970, whole.
local function clock()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end
