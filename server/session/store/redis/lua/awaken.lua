-- Lets a shard be judged and changed whose sessions are all there again. Where a server has done so already, its beats
-- go on undisturbed.
-- KEYS[1] the shard's alive
-- Gives   nothing
redis.call('SET', KEYS[1], string.format('%.0f', clock()), 'NX')
