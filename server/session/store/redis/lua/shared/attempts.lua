-- Attempts: their records, their places, and how they change. The rules are those of domain/attemptChanges.ts.

local VERSIONS = 2 ^ 28

local function packed(record)
  return int(record.score * VERSIONS + (VERSIONS - 1 - record.reachedVersion))
end

local function loadAttempt(id)
  local text = redis.call('HGET', ATTEMPTS, id)
  return text and cjson.decode(text) or nil
end

-- Keeps a record, with its place and the time of the question that it faces. Gives its JSON.
local function keepAttempt(record)
  local text = cjson.encode(record)
  redis.call('HSET', ATTEMPTS, record.id, text)
  if record.status == 'REMOVED' then
    redis.call('ZREM', STANDINGS, record.id)
  else
    redis.call('ZADD', STANDINGS, packed(record), record.id)
  end
  if record.facing ~= cjson.null then
    redis.call('ZADD', FACING, int(record.facing.closesAt + FORGIVENESS_MS), record.id)
  else
    redis.call('ZREM', FACING, record.id)
  end
  return text
end

-- Keeps a changed record as a change of the session. kind: of the event
local function changeAttempt(session, record, kind)
  record.version = session.version + 1
  write(session, '"kind":"attempt","attempt":' .. keepAttempt(record), kind, record.id)
end

-- SELF_PACED: the question that the attempt faced is over.
local function questionOver(session, record)
  record.facing = cjson.null
  record.overCount = record.overCount + 1
  if record.overCount >= session.questionCount then
    record.status = 'FINISHED'
    record.finishedAt = NOW
  end
end

-- SELF_PACED: the attempt faces its next question, if there is one, from now on.
local function faceNext(record)
  local number = record.overCount + 1
  local question = planned(number)
  record.facing = question and { number = number, opensAt = NOW, closesAt = NOW + question.timeLimitMs } or cjson.null
end

-- SELF_PACED: gives an attempt time back in which it could not answer.
local function extendFacing(session, record, gap)
  record.facing.opensAt = record.facing.opensAt + gap
  record.facing.closesAt = record.facing.closesAt + gap
  changeAttempt(session, record, 'attempt')
end

-- SELF_PACED: counts the question that the attempt faces as missed, if its time is over.
local function missIfOver(session, record)
  if session.state ~= 'RUNNING' or record.facing == cjson.null then return end
  if NOW < record.facing.closesAt + FORGIVENESS_MS then return end
  questionOver(session, record)
  changeAttempt(session, record, 'attempt')
end

-- Counts, or counts no more, an answer to the question on screen. step: 1 or -1
local function count(session, answer, step)
  session.answerCount = session.answerCount + step
  if answer.correct then session.correctCount = session.correctCount + step end
  redis.call('HSET', SESSION, 'answerCount', int(session.answerCount), 'correctCount', int(session.correctCount))
  for _, key in ipairs(answer.tallyKeys) do
    if redis.call('HINCRBY', TALLY, key, step) <= 0 then redis.call('HDEL', TALLY, key) end
  end
end

-- An attempt among the others: record, rank, phase, pacing, and its answers in the order of the questions. nil: none
local function attemptReply(session, id)
  local text = redis.call('HGET', ATTEMPTS, id)
  if not text then return nil end
  local record = cjson.decode(text)
  local better = redis.call('ZCOUNT', STANDINGS, int((record.score + 1) * VERSIONS), '+inf')
  local answers = {}
  if record.answeredCount > 0 then
    local fields = {}
    for number = 1, session.questionCount do fields[number] = id .. ':' .. int(number) end
    local found = redis.call('HMGET', ANSWERS, unpack(fields))
    for _, answer in ipairs(found) do
      if answer then answers[#answers + 1] = answer end
    end
  end
  return { text, better + 1, session.phase, session.pacing, answers }
end
