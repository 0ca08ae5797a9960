using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using StackExchange.Redis;

namespace Serverless.Assets.TestSupport;

/// <summary>
/// A real <c>redis-server</c>, as a process. It stores nothing on disk, and is killed when it is stopped.
/// </summary>
internal sealed class RedisProcess : ITestRedis
{
    /// <summary>Name and password of a user who may do everything, if the server has an ACL file.</summary>
    public const string Administrator = "administrator";

    private readonly TempFolder _folder = new();
    private readonly string[] _settings;
    private readonly bool _hasUsers;
    private Process? _process;

    private RedisProcess(string[] settings, string[] users)
    {
        _settings = settings;
        _hasUsers = users.Length > 0;
        Port = FindFreePort();
        if (_hasUsers)
        {
            string[] all = [.. users, $"user {Administrator} on >{Administrator} ~* &* +@all"];
            _settings = [.. settings, "--aclfile", _folder.Write("users.acl", string.Join('\n', all) + "\n")];
        }

        Restart();
    }

    public int Port { get; }

    public string Url => string.Create(CultureInfo.InvariantCulture, $"redis://127.0.0.1:{Port}");

    /// <summary>Skips the test on a machine without the server.</summary>
    /// <param name="settings">In addition to the defaults: <c>--maxmemory 1mb</c> as two strings.</param>
    public static RedisProcess Start(params string[] settings) => Start(settings, []);

    /// <summary>Starts a server with users.</summary>
    /// <param name="users">The lines of its ACL file.</param>
    public static RedisProcess StartWithUsers(params string[] users) => Start([], users);

    private static RedisProcess Start(string[] settings, string[] users)
    {
        ProgramPath.SkipUnlessInstalled("redis-server");
        return new RedisProcess(settings, users);
    }

    public async Task<IConnectionMultiplexer> ConnectAsync() =>
        await ConnectionMultiplexer.ConnectAsync(
            new ConfigurationOptions
            {
                EndPoints = { { "127.0.0.1", Port } },
                User = _hasUsers ? Administrator : null,
                Password = _hasUsers ? Administrator : null,
                AllowAdmin = true,
                AbortOnConnectFail = false, // the machine may be busy
            }
        );

    /// <summary>Kills the server, as when its machine fails.</summary>
    public void Stop()
    {
        if (_process is { } process)
        {
            process.Kill();
            Assert.True(process.WaitForExit(Deadline.Default), "redis-server did not end.");
            process.Dispose();
            _process = null;
        }
    }

    public void Restart()
    {
        Stop();
        var start = new ProcessStartInfo(
            "redis-server",
            [
                "--bind",
                "127.0.0.1",
                "--port",
                Port.ToString(CultureInfo.InvariantCulture),
                "--save",
                "",
                "--appendonly",
                "no",
                .. _settings,
            ]
        )
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        var isReady = new TaskCompletionSource<bool>();
        var output = new ConcurrentQueue<string?>();
        _process.OutputDataReceived += (_, line) => Receive(line.Data);
        _process.ErrorDataReceived += (_, line) => output.Enqueue(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Assert.True(
            isReady.Task.Wait(Deadline.Default) && isReady.Task.Result,
            $"redis-server did not start:\n{string.Join('\n', output)}"
        );

        void Receive(string? line)
        {
            output.Enqueue(line);
            if (line is null || line.Contains("Ready to accept connections", StringComparison.Ordinal))
            {
                isReady.TrySetResult(line is not null);
            }
        }
    }

    public void Dispose()
    {
        Stop();
        _folder.Dispose();
    }

    private static int FindFreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
