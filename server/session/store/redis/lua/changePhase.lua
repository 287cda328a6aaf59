-- Puts in a phase that the state machine decided on, if the session is still as it was judged: compare and set.
-- What is compared is the version at which the phase last changed, because a decision depends on nothing else; with the
-- session's own version a host would never get through the answers of 10,000 players. A decision that does depend on
-- more names the session's version, too.
-- KEYS, ARGV[1]: see shared/session.lua
-- ARGV[2] a token of this change: carried out under it once, however often the script is sent
-- ARGV[3] phaseVersion as judged
-- ARGV[4] version as judged, "" where any will do
-- ARGV[5] the clock as judged; the longest time that may have passed since is MAX_JUDGEMENT_AGE_MS, because what
--         was decided begins at that time
-- ARGV[6] the phase, JSON
-- ARGV[7…11] its state, number, opensAt, closesAt, finishedAt, "" for what it has not
-- Gives { "done", the session (see sessionReply) }, { "conflict" } or { "not-found" }.
local session = load()
if not session then return { 'not-found' } end
local token = ARGV[2]
local tokens = redis.call('HGET', SESSION, 'tokens')
if string.find(tokens, token, 1, true) then return { 'done', sessionReply() } end
if session.phaseVersion ~= tonumber(ARGV[3]) then return { 'conflict' } end
if ARGV[4] ~= '' and session.version ~= tonumber(ARGV[4]) then return { 'conflict' } end
if NOW - tonumber(ARGV[5]) > MAX_JUDGEMENT_AGE_MS then return { 'conflict' } end

putPhase(session, ARGV[6], ARGV[7], ARGV[8], ARGV[9], ARGV[10], ARGV[11])
redis.call('HSET', SESSION, 'tokens', string.sub(token .. ' ' .. tokens, 1, 8 * (#token + 1)))
expect(session)
return { 'done', sessionReply() }
