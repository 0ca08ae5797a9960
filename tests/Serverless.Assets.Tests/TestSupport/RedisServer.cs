using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Garnet;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;

namespace Serverless.Assets.Tests.TestSupport;

/// <summary>Garnet, in this process: needs no installation.</summary>
internal sealed class RedisServer : ITestRedis
{
    private readonly string? _password;
    private GarnetServer? _server;

    private RedisServer(int port, string? password)
    {
        Port = port;
        _password = password;
        _server = Start();
    }

    public int Port { get; }

    public string Url => string.Create(CultureInfo.InvariantCulture, $"redis://127.0.0.1:{Port}");

    /// <param name="password">Null: none is required.</param>
    public static RedisServer Start(string? password = null)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        return new RedisServer(port, password);
    }

    public async Task<IConnectionMultiplexer> ConnectAsync() =>
        await ConnectionMultiplexer.ConnectAsync(
            new ConfigurationOptions
            {
                EndPoints = { { "127.0.0.1", Port } },
                Password = _password,
                AllowAdmin = true,
            }
        );

    public void Stop()
    {
        _server?.Dispose();
        _server = null;
    }

    public void Restart()
    {
        Stop();
        _server = Start();
    }

    public void Dispose() => Stop();

    private GarnetServer Start()
    {
        List<string> arguments =
        [
            "--bind",
            "127.0.0.1",
            "--port",
            Port.ToString(CultureInfo.InvariantCulture),
            "--lua",
            "true",
            "--memory",
            "16m",
            "--page",
            "1m",
        ];
        if (_password is not null)
        {
            arguments.AddRange(["--auth", "Password", "--password", _password]);
        }

        var server = new GarnetServer([.. arguments], NullLoggerFactory.Instance);
        server.Start();
        return server;
    }
}
