-- Makes a staged session appear, unless the store has it at the same or a newer version, and gives back the time in
-- which nobody could answer.
-- KEYS[1..10], ARGV[1]: see shared/session.lua
-- KEYS[11..16] the staged attempts, answers, standings, nicknames, tally, facing
-- ARGV[2] the version at which it was saved; the one among the fields may be higher
-- ARGV[3] the gap, ms
-- ARGV[4…9] the phase with which it goes on, as in changePhase.lua from its JSON on, which is a change of its own; ""
--         where nothing changes
-- ARGV[10…] fields of the hash and their values
-- Gives "restored" or "known".
local known = load()
if known and known.version >= tonumber(ARGV[2]) then
  redis.call('UNLINK', KEYS[11], KEYS[12], KEYS[13], KEYS[14], KEYS[15], KEYS[16])
  return 'known'
end
redis.call('UNLINK', SESSION, ATTEMPTS, ANSWERS, STANDINGS, NICKNAMES, TALLY, FACING)
for part = 1, 6 do
  local staged = KEYS[10 + part]
  if redis.call('EXISTS', staged) == 1 then
    redis.call('PERSIST', staged)
    redis.call('RENAME', staged, KEYS[1 + part])
  end
end
redis.call('HSET', SESSION, unpack(ARGV, 10))

local session = load()
local gap = tonumber(ARGV[3])
if ARGV[4] ~= '' then putPhase(session, ARGV[4], ARGV[5], ARGV[6], ARGV[7], ARGV[8], ARGV[9]) end
if gap > 0 and session.state == 'RUNNING' then
  for _, id in ipairs(redis.call('ZRANGE', FACING, 0, -1)) do
    extendFacing(session, loadAttempt(id), gap)
  end
end
expect(session)
return 'restored'
