-- Reads an attempt as it stands among the others.
-- KEYS, ARGV[1]: see shared/session.lua
-- ARGV[2] the attempt's id
-- Gives { "found", the attempt (see attemptReply) } or { "not-found" }.
local session = load()
local attempt = session and attemptReply(session, ARGV[2])
if not attempt then return { 'not-found' } end
return { 'found', attempt }
