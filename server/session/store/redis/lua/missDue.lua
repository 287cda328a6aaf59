-- SELF_PACED: counts as missed what players face and is over, some of it if it is much.
-- KEYS, ARGV[1]: see shared/session.lua
-- ARGV[2] how many at most
-- Gives how many it were.
local session = load()
if not session or session.state ~= 'RUNNING' then return 0 end
local due = redis.call('ZRANGEBYSCORE', FACING, '-inf', int(NOW), 'LIMIT', 0, tonumber(ARGV[2]))
for _, id in ipairs(due) do missIfOver(session, loadAttempt(id)) end
expect(session)
return #due
