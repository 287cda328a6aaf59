-- Why nothing may be judged in a shard just now, or nil. Servers beat every shard about once a second.
--   "empty"  nobody has ever beaten it: Redis is new, or was emptied, and the shard's sessions may be missing
--   "gap"    nobody has beaten it for long: nobody could answer, and open questions must first get that time back
local function heldBy(alive, now)
  local at = redis.call('GET', alive)
  if not at then return 'empty' end
  if now - tonumber(at) > GAP_AFTER_MS then return 'gap' end
  return nil
end
