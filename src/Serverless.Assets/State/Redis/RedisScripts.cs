namespace Serverless.Assets.State.Redis;

/// <summary>
/// What Redis does in one step. The scripts use only commands that Redis 6 and Garnet both have, and name every key, as
/// clusters and ACLs require. Garnet may run commands of others between those of a script, so their order matters.
/// </summary>
internal static class RedisScripts
{
    /// <summary>
    /// Takes the turn to upload to a path, unless the upload exists in the scope or it is another run's turn. Keys: turn,
    /// version, asset, touched. Arguments: the token of the run's turn, its duration in milliseconds, how long to remember
    /// that the path was touched, in milliseconds. Returns whether the turn is the run's now, the version, the Asset, and
    /// whether the path was touched before.
    /// </summary>
    /// <remarks>
    /// What exists is read after the turn was taken: before, the run that has the turn could still end it with an upload.
    /// Not with the keys of the default scope: for a script, a server requires the permission to write to every key.
    /// </remarks>
    public const string Take = """
        local taken = redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) and 1 or 0
        local known = {}
        for i = 2, 4 do known[i - 1] = redis.call('GET', KEYS[i]) or '' end
        if taken == 1 and known[1] ~= '' then
          redis.call('DEL', KEYS[1])
          taken = 0
        elseif taken == 1 then
          redis.call('SET', KEYS[4], '1', 'PX', ARGV[3])
        end
        return {taken, known[1], known[2], known[3]}
        """;

    /// <summary>
    /// Records an upload and ends the turn. A run whose turn has expired replaces nothing that others may use already.
    /// Keys: turn, version, asset. Arguments: the token, the version with its lifetime in milliseconds, the Asset with
    /// its lifetime in milliseconds.
    /// </summary>
    public const string Complete = """
        if redis.call('GET', KEYS[1]) == ARGV[1] then
          redis.call('SET', KEYS[2], ARGV[2], 'PX', ARGV[3])
          redis.call('SET', KEYS[3], ARGV[4], 'PX', ARGV[5])
          redis.call('DEL', KEYS[1])
          return 1
        end
        redis.call('SET', KEYS[2], ARGV[2], 'NX', 'PX', ARGV[3])
        redis.call('SET', KEYS[3], ARGV[4], 'NX', 'PX', ARGV[5])
        return 0
        """;

    /// <summary>Ends a turn without an upload. Keys: turn. Arguments: the token.</summary>
    public const string Release = """
        if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
        return 0
        """;

    /// <summary>
    /// Extends turns. Keys: the turns. Arguments: the duration in milliseconds, followed by the token of each.
    /// </summary>
    public const string Extend = """
        for i, turn in ipairs(KEYS) do
          if redis.call('GET', turn) == ARGV[i + 1] then redis.call('PEXPIRE', turn, ARGV[1]) end
        end
        return 0
        """;

    /// <summary>
    /// Announces a run that shares the account's limit. Keys: the runs with the times until which they count, their usage,
    /// the limit. Arguments: the ID of the run, how long it counts in milliseconds, its usage. Returns the limit, and the ID
    /// and the usage of each run.
    /// </summary>
    public const string Beat = """
        local time = redis.call('TIME')
        local now = time[1] * 1000 + math.floor(time[2] / 1000)
        for _, ended in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now)) do
          redis.call('ZREM', KEYS[1], ended)
          redis.call('HDEL', KEYS[2], ended)
        end
        redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[1])
        redis.call('HSET', KEYS[2], ARGV[1], ARGV[3])
        redis.call('PEXPIRE', KEYS[1], ARGV[2])
        redis.call('PEXPIRE', KEYS[2], ARGV[2])
        local result = {redis.call('GET', KEYS[3]) or ''}
        for _, value in ipairs(redis.call('HGETALL', KEYS[2])) do table.insert(result, value) end
        return result
        """;

    /// <summary>Removes a run. Keys: the runs, their usage. Arguments: the ID of the run.</summary>
    public const string Leave = """
        redis.call('HDEL', KEYS[2], ARGV[1])
        return redis.call('ZREM', KEYS[1], ARGV[1])
        """;

    /// <summary>
    /// Replaces an upload, if it is still the given one. Keys: version, asset. Arguments: what the old value begins with,
    /// the new one with its lifetime in milliseconds, the new Asset with its lifetime in milliseconds.
    /// </summary>
    public const string Replace = """
        local known = redis.call('GET', KEYS[1])
        if known and string.sub(known, 1, #ARGV[1]) == ARGV[1] then
          redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
          redis.call('SET', KEYS[2], ARGV[4], 'PX', ARGV[5])
        end
        return 0
        """;
}
