-- Opens a lobby, once: the session's first version.
-- KEYS, ARGV[1]: see shared/session.lua
-- ARGV[2]  the setup, JSON
-- ARGV[3…] fields of the hash and their values, those of the setup
-- Gives    { "opened" }, or { "known", its code } where the session is there already.
local known = redis.call('HGET', SESSION, 'code')
if known then return { 'known', known } end

redis.call('HSET', SESSION, 'setup', ARGV[2], 'phase', '{"state":"LOBBY"}', 'version', '0', 'phaseVersion', '1',
  'state', 'LOBBY', 'number', '', 'opensAt', '', 'closesAt', '', 'finishedAt', '', 'answerCount', '0',
  'correctCount', '0', 'storedVersion', '0', 'tokens', '', unpack(ARGV, 3))
local session = { version = 0, state = 'LOBBY' }
write(session, '"kind":"opened","setup":' .. ARGV[2], 'state', nil)
expect(session)
return { 'opened' }
