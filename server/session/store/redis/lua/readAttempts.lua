-- Reads attempts as they stand among the others.
-- KEYS, ARGV[1]: see shared/session.lua
-- ARGV[2…] the attempts' ids
-- Gives { "found", version, those attempts that are there (see attemptReply) } or { "not-found" }.
local session = load()
if not session then return { 'not-found' } end
local attempts = {}
for index = 2, #ARGV do
  attempts[#attempts + 1] = attemptReply(session, ARGV[index])
end
return { 'found', int(session.version), attempts }
