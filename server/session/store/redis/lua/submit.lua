-- Records an answer, once, if the question is open to this attempt; what was recorded before stays as it is.
-- KEYS, ARGV[1]: see shared/session.lua
-- ARGV[2] the attempt's id
-- ARGV[3] the question's id
-- ARGV[4] the answer's fingerprint
-- ARGV[5] given, fingerprint, tallyKeys and correct of the record: JSON without the braces
-- ARGV[6] "1" where the answer is exactly right, else "0"
-- ARGV[7], ARGV[8] the share that is right, as a ratio
-- ARGV[9] what the answer's trace is to be gone on with, or ""
-- ARGV[10…] tally keys
-- Gives { "recorded" or "repeated", the answer, the attempt (see attemptReply), "1" where all have answered now },
--       { "already-answered", the answer }, or one of { "not-open" }, { "removed" }, { "not-found" }.
local session = load()
if not session then return { 'not-found' } end
local id, questionId = ARGV[2], ARGV[3]
local record = loadAttempt(id)
local number = tonumber(redis.call('HGET', SESSION, 'number:' .. questionId) or nil)
if not record or not number then return { 'not-found' } end
if record.status == 'REMOVED' then return { 'removed' } end

local field = id .. ':' .. int(number)
local before = redis.call('HGET', ANSWERS, field)
if before then
  if cjson.decode(before).fingerprint ~= ARGV[4] then return { 'already-answered', before } end
  return { 'repeated', before, attemptReply(session, id), '0' }
end

-- The question that this attempt may answer now, its time aside.
local open = nil
if session.state == 'QUESTION_OPEN' then open = session end
if session.state == 'RUNNING' and record.facing ~= cjson.null then open = record.facing end
if not open or open.number ~= number or NOW > open.closesAt + FORGIVENESS_MS then return { 'not-open' } end
local elapsedMs = math.max(0, math.min(NOW - open.opensAt, open.closesAt - open.opensAt))

local question = planned(number)
local correct = ARGV[6] == '1'
local points, streak, breakdown = scoreAnswer({
  scoring = session.scoring, points = question.points, timeLimitMs = question.timeLimitMs, elapsedMs = elapsedMs,
  num = tonumber(ARGV[7]), den = tonumber(ARGV[8]), correct = correct,
  -- A question that passed unanswered breaks the streak.
  streakBefore = number - 1 > record.streakNumber and 0 or record.streak,
})

record.version = session.version + 1
record.score = record.score + points
if points > 0 then record.reachedVersion = record.version end
record.answeredCount = record.answeredCount + 1
if correct then record.correctCount = record.correctCount + 1 end
record.streak = streak
record.streakNumber = correct and number or 0
if session.pacing == 'SELF_PACED' then
  questionOver(session, record)
  faceNext(record)
end

local answer = '{"attemptId":"' .. id .. '","sessionId":"' .. SESSION_ID .. '","questionId":"' .. questionId
  .. '","number":' .. int(number) .. ',' .. ARGV[5] .. ',"points":' .. int(points) .. ',"breakdown":' .. breakdown
  .. ',"elapsedMs":' .. int(elapsedMs) .. ',"answeredAt":' .. int(NOW) .. '}'
redis.call('HSET', ANSWERS, field, answer)
if number == session.number then count(session, { correct = correct, tallyKeys = { unpack(ARGV, 10) } }, 1) end
local attempt = keepAttempt(record)
write(session, '"kind":"answer","attempt":' .. attempt .. ',"answer":' .. answer, 'standings', id, ARGV[9])
expect(session)
return { 'recorded', answer, attemptReply(session, id), allAnswered(session) and '1' or '0' }
