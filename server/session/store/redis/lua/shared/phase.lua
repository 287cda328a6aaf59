-- Puts in a phase, as a change of the session. Counts begin anew with another question on screen.
local function putPhase(session, phase, state, number, opensAt, closesAt, finishedAt)
  if tonumber(number) ~= session.number then
    redis.call('DEL', TALLY)
    session.answerCount, session.correctCount = 0, 0
  end
  session.phase, session.state, session.number = phase, state, tonumber(number)
  session.opensAt, session.closesAt, session.finishedAt = tonumber(opensAt), tonumber(closesAt), tonumber(finishedAt)
  session.phaseVersion = session.version + 1
  redis.call('HSET', SESSION, 'phase', phase, 'state', state, 'number', number, 'opensAt', opensAt,
    'closesAt', closesAt, 'finishedAt', finishedAt, 'phaseVersion', int(session.phaseVersion),
    'answerCount', int(session.answerCount), 'correctCount', int(session.correctCount))
  write(session, '"kind":"phase","phase":' .. phase, 'state', nil)
end
