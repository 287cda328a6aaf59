-- Puts down that the journal's entries of a session are stored, up to a version.
-- KEYS, ARGV[1]: see shared/session.lua
-- ARGV[2] the version
-- Gives 1, or 0 where the session is not there.
local found = redis.call('HMGET', SESSION, 'storedVersion', 'version')
if not found[1] then return 0 end
-- Nothing is stored that the session has not come to, whatever an entry that could not be read says.
local upTo = math.min(tonumber(ARGV[2]), tonumber(found[2]))
if tonumber(found[1]) < upTo then redis.call('HSET', SESSION, 'storedVersion', int(upTo)) end
return 1
