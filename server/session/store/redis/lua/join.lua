-- Lets a player join, once: an attempt that is already there is given back as it is.
-- KEYS, ARGV[1]: see shared/session.lua
-- ARGV[2] the attempt's id
-- ARGV[3] its record, JSON; times and versions are put in here
-- ARGV[4] the key of its nickname
-- Gives { "joined", the attempt, the session } (see attemptReply, sessionReply), or one of { "not-found" },
--       { "finished" }, { "full" }, { "nickname-taken" }.
local session = load()
if not session then return { 'not-found' } end
local id = ARGV[2]

if redis.call('HEXISTS', ATTEMPTS, id) == 0 then
  if session.state == 'FINISHED' then return { 'finished' } end
  if redis.call('ZCARD', STANDINGS) >= PLAYER_LIMIT then return { 'full' } end
  if redis.call('HEXISTS', NICKNAMES, ARGV[4]) == 1 then return { 'nickname-taken' } end
  local record = cjson.decode(ARGV[3])
  record.joinedAt = NOW
  record.reachedVersion = session.version + 1
  redis.call('HSET', NICKNAMES, ARGV[4], id)
  changeAttempt(session, record, 'standings')
  expect(session)
end
return { 'joined', attemptReply(session, id), sessionReply() }
