-- Points of one answer: the same whole numbers in the same order as domain/scoring.ts, where it is told why they are
-- exact. Lua's numbers are the same doubles as JavaScript's.

-- A number so that it reads back as the same double, as JSON.
local function exact(number)
  return string.format('%.17g', number)
end

-- scored: { scoring, points, timeLimitMs, elapsedMs, num, den, correct, streakBefore }
-- Gives the points, the streak with this answer, and the breakdown as JSON.
local function scoreAnswer(scored)
  local rules = RULES[scored.scoring]
  local elapsedMs = math.min(scored.elapsedMs, scored.timeLimitMs)
  local milliShare = elapsedMs < rules.fullUnderMs and 0 or rules.milliShare
  local left = 1000 * scored.timeLimitMs - milliShare * elapsedMs
  local whole = 1000 * scored.timeLimitMs

  local streak, bonus = 0, 0
  if scored.correct then
    streak = scored.streakBefore + 1
    bonus = math.min(scored.streakBefore * rules.streakStep, rules.streakCap)
  end
  local numerator, denominator = scored.points * left * scored.num, whole * scored.den
  local points = math.floor((2 * numerator + denominator) / (2 * denominator)) + bonus
  local breakdown = '{"base":' .. int(scored.points) .. ',"speed":' .. exact(left / whole) .. ',"share":'
    .. exact(scored.num / scored.den) .. ',"streak":' .. int(streak) .. ',"streakBonus":' .. int(bonus) .. '}'
  return points, streak, breakdown
end
