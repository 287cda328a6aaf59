-- Puts down that the journal's entries of a session are stored, up to a version.
-- KEYS, ARGV[1]: see shared/session.lua
-- ARGV[2] the version
-- Gives 1, or 0 where the session is not there.
local stored = redis.call('HGET', SESSION, 'storedVersion')
if not stored then return 0 end
if tonumber(stored) < tonumber(ARGV[2]) then redis.call('HSET', SESSION, 'storedVersion', ARGV[2]) end
return 1
