using StackExchange.Redis;

namespace Serverless.Assets.TestSupport;

/// <summary>A server that speaks the protocol of Redis, on a free port of this machine, and in memory.</summary>
internal interface ITestRedis : IDisposable
{
    int Port { get; }

    /// <summary>The value of <c>ServerlessAssetsStateStore</c>.</summary>
    string Url { get; }

    /// <summary>Connects a client of the test.</summary>
    Task<IConnectionMultiplexer> ConnectAsync();

    /// <summary>Ends all connections, and loses all data.</summary>
    void Stop();

    /// <summary>Starts again without data.</summary>
    void Restart();
}
