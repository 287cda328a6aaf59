-- Says that a shard is watched. Where nobody had said so for long, every question that was open meanwhile first gets
-- the time back, as a change of its session; where nobody has ever said so, that is told, and nothing is done.
--
-- The time lost to a session begins with the last beat, or with its own last change, which proves that Redis and a
-- server were there. What was over by then stays over. Opening and deadline move together, so that elapsedMs stays fair.
--
-- A change takes about 45 µs: 300 sessions with an open question 14 ms. Self-paced sessions cost one change for each
-- player who faces a question (10,000: 0.45 s), so the work is cut into pieces, of whole sessions, between which Redis
-- serves others. The shard stays held until the last piece is done; a session that has changed since the first piece has
-- got its time.
--
-- The sessions' keys are not among KEYS: they are those of the ids in the due times, all in the slot of the shard.
-- KEYS    due, journal, alive, and where the pieces' beginning is kept, of one shard
-- ARGV[1] how many changes are many enough for one piece; the players of one session are never parted
-- Gives   { "alive", "more" (run it again) or "empty", now }
local aliveKey, begunKey = KEYS[3], KEYS[4]
DUE, JOURNAL = KEYS[1], KEYS[2]

local function pointAt(id)
  SESSION_ID = id
  SESSION = string.gsub(DUE, 'due$', '') .. id
  ATTEMPTS, ANSWERS, STANDINGS = SESSION .. ':attempts', SESSION .. ':answers', SESSION .. ':standings'
  NICKNAMES, TALLY, FACING = SESSION .. ':nicknames', SESSION .. ':tally', SESSION .. ':facing'
end

-- Gives a session the time back; gives the number of changes.
local function extend(id, at, begun)
  pointAt(id)
  local session = load()
  if not session or session.changedAt >= begun then return 0 end
  local last = math.max(at, session.changedAt)
  local gap, version = NOW - last, session.version
  if session.state == 'QUESTION_OPEN' and session.closesAt + FORGIVENESS_MS > last then
    local number, opensAt, closesAt = int(session.number), int(session.opensAt + gap), int(session.closesAt + gap)
    local phase = '{"state":"QUESTION_OPEN","question":{"number":' .. number .. ',"opensAt":' .. opensAt
      .. ',"closesAt":' .. closesAt .. '}}'
    putPhase(session, phase, session.state, number, opensAt, closesAt, '')
  elseif session.state == 'RUNNING' then
    for _, attempt in ipairs(redis.call('ZRANGEBYSCORE', FACING, '(' .. int(last), '+inf')) do
      extendFacing(session, loadAttempt(attempt), gap)
    end
  end
  if session.version > version then expect(session) end
  return session.version - version
end

local at = redis.call('GET', aliveKey)
if not at then return { 'empty', int(NOW) } end
at = tonumber(at)
local age = NOW - at
-- Another server has just said so.
if age >= 0 and age < FRESH_MS then return { 'alive', int(NOW) } end

if age > GAP_AFTER_MS then
  local begun = tonumber(redis.call('GET', begunKey) or NOW)
  redis.call('SET', begunKey, int(begun), 'PX', 10000)
  local changes = 0
  for _, id in ipairs(redis.call('ZRANGE', DUE, 0, -1)) do
    if changes >= tonumber(ARGV[1]) then return { 'more', int(NOW) } end
    changes = changes + extend(id, at, begun)
  end
  redis.call('DEL', begunKey)
end
redis.call('SET', aliveKey, int(NOW))
return { 'alive', int(NOW) }
