-- What is missing from an empty shard is not to be told of as not there.
if redis.call('EXISTS', ALIVE) == 0 then return { 'held', 'empty' } end
