-- Time is judged, and changes are made, only in a shard that is watched.
local HELD = heldBy(ALIVE, NOW)
if HELD then return { 'held', HELD } end
