-- What every script of a session shares: its keys, its state, and the one way to change it.
--
-- KEYS[1..10], always: session, attempts, answers, standings, nicknames, tally, facing, due, journal, alive
-- ARGV[1], always:    the session's id
--
-- Every script but restore.lua, markStored.lua and forget.lua may also give { "held", "empty" or "gap" }: it has done
-- nothing then, and is to be run again when that is seen to; see shared/alive.lua, and pulse.ts.
--
-- Fields of the session's hash:
--   setup, phase                         JSON, for readers only
--   code, pacing, scoring, closeWhenAllAnswered ("1" or "0"), questionCount        of the setup
--   number:<question id>                 number of that question
--   question:<number>                    "<id> <time limit, ms> <points>"
--   version, phaseVersion                of the session; at which its phase last changed
--   state, number, opensAt, closesAt, finishedAt                                  of the phase, "" where it has none
--   changedAt                            when the session last changed
--   answerCount, correctCount            of the question on screen
--   storedVersion                        up to which the journal's entries are in PostgreSQL
--   tokens                               the last phase changes that were carried out, newest first

local SESSION, ATTEMPTS, ANSWERS, STANDINGS, NICKNAMES = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local TALLY, FACING, DUE, JOURNAL, ALIVE = KEYS[6], KEYS[7], KEYS[8], KEYS[9], KEYS[10]
local SESSION_ID = ARGV[1]
local NOW = clock()

-- A whole number as text; Lua's own way keeps 14 digits only.
local function int(number)
  return string.format('%.0f', number)
end

-- The session, or nil.
local function load()
  local found = redis.call('HMGET', SESSION, 'version', 'phaseVersion', 'state', 'number', 'opensAt', 'closesAt',
    'finishedAt', 'changedAt', 'pacing', 'scoring', 'closeWhenAllAnswered', 'questionCount', 'answerCount',
    'correctCount', 'phase')
  if not found[1] then return nil end
  return {
    version = tonumber(found[1]), phaseVersion = tonumber(found[2]), state = found[3], number = tonumber(found[4]),
    opensAt = tonumber(found[5]), closesAt = tonumber(found[6]), finishedAt = tonumber(found[7]),
    changedAt = tonumber(found[8]), pacing = found[9], scoring = found[10],
    closeWhenAllAnswered = found[11] == '1', questionCount = tonumber(found[12]),
    answerCount = tonumber(found[13]), correctCount = tonumber(found[14]), phase = found[15],
  }
end

-- The planned question with this number: { id, timeLimitMs, points }, or nil.
local function planned(number)
  local text = redis.call('HGET', SESSION, 'question:' .. int(number))
  if not text then return nil end
  local id, limit, points = string.match(text, '^(%S+) (%d+) (%d+)$')
  return { id = id, timeLimitMs = tonumber(limit), points = tonumber(points) }
end

-- When a session is finished because nobody touches it, or, finished, may be forgotten.
local function keptUntil(session)
  if session.state == 'FINISHED' then return session.finishedAt + FORGOTTEN_AFTER_MS end
  if session.state == 'RUNNING' then return session.changedAt + HOMEWORK_ABANDONED_AFTER_MS end
  return session.changedAt + ABANDONED_AFTER_MS
end

-- Whether the question on screen is open, and waits for nobody any more, in a session that then closes it.
local function allAnswered(session)
  if not session.closeWhenAllAnswered or session.state ~= 'QUESTION_OPEN' then return false end
  local players = redis.call('ZCARD', STANDINGS)
  return players > 0 and session.answerCount == players
end

-- Puts down when something happens to the session by itself. A question that waits for nobody is due now: the server
-- that took the last answer closes it at once, and any other does where that one died.
local function expect(session)
  local at = keptUntil(session)
  if allAnswered(session) then
    at = math.min(at, NOW)
  elseif session.state == 'QUESTION_OPEN' then
    at = math.min(at, session.closesAt + FORGIVENESS_MS)
  elseif session.state == 'RUNNING' then
    local first = redis.call('ZRANGE', FACING, 0, 0, 'WITHSCORES')
    if first[2] then at = math.min(at, tonumber(first[2])) end
  end
  redis.call('ZADD', DUE, int(at), SESSION_ID)
end

-- One change: the next version, its journal entry and its announcement.
--   change: the entry's own fields, JSON without the braces; kind: of the event; attemptId: or nil;
--   trace: a W3C traceparent, which goes beside the entry, or "" or nil
local function write(session, change, kind, attemptId, trace)
  session.version = session.version + 1
  session.changedAt = NOW
  local version = int(session.version)
  local head = '{"sessionId":"' .. SESSION_ID .. '","version":' .. version
  redis.call('HSET', SESSION, 'version', version, 'changedAt', int(NOW))
  local entry = head .. ',"at":' .. int(NOW) .. ',' .. change .. '}'
  if trace and trace ~= '' then
    redis.call('XADD', JOURNAL, '*', 'entry', entry, 'trace', trace)
  else
    redis.call('XADD', JOURNAL, '*', 'entry', entry)
  end
  local attempt = attemptId and ('"' .. attemptId .. '"') or 'null'
  redis.call(PUBLISH, SESSION .. ':events', head .. ',"kind":"' .. kind .. '","attemptId":' .. attempt .. '}')
end

-- What everyone may see: setup, version, phase, players, answers, right answers, tally (flat), now, storedVersion.
local function sessionReply()
  local found = redis.call('HMGET', SESSION, 'setup', 'version', 'phase', 'answerCount', 'correctCount',
    'storedVersion')
  return { found[1], found[2], found[3], redis.call('ZCARD', STANDINGS), found[4], found[5],
    redis.call('HGETALL', TALLY), int(NOW), found[6] }
end
