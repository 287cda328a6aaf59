#!lua flags=allow-oom
-- Acknowledges entries, and drops from the stream's beginning what is acknowledged without a gap: what is before the oldest
-- entry that is pending or, where none is, what was given out. Nothing that waits to be read or stored is ever dropped.
-- The group is the only reader of the stream.
-- KEYS[1]  the stream
-- ARGV[1]  the group
-- ARGV[2…] ids of entries
-- Gives    how many entries were dropped.
redis.call('XACK', KEYS[1], unpack(ARGV))
local pending = redis.pcall('XPENDING', KEYS[1], ARGV[1])
-- Redis was emptied: neither stream nor group is there.
if pending.err then return 0 end
if pending[1] > 0 then return redis.call('XTRIM', KEYS[1], 'MINID', pending[2]) end

local function named(info, name)
  for field = 1, #info, 2 do
    if info[field] == name then return info[field + 1] end
  end
end
for _, group in ipairs(redis.call('XINFO', 'GROUPS', KEYS[1])) do
  if named(group, 'name') == ARGV[1] then
    local ms, count = string.match(named(group, 'last-delivered-id'), '^(%d+)-(%d+)$')
    return redis.call('XTRIM', KEYS[1], 'MINID', ms .. '-' .. string.format('%.0f', count + 1))
  end
end
return 0
