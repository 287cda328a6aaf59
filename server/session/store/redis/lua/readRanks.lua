-- Reads where everyone stands. The ranks are counted by who asks, so that Redis has least to do.
-- KEYS, ARGV[1]: see shared/session.lua
-- Gives { "found", version, phase, pacing, attempt ids and packed scores (flat), best first } or { "not-found" }.
local session = load()
if not session then return { 'not-found' } end
return { 'found', int(session.version), session.phase, session.pacing,
  redis.call('ZREVRANGE', STANDINGS, 0, -1, 'WITHSCORES') }
