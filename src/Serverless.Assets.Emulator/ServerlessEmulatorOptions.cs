using System.Net;

namespace Serverless.Assets.Emulator;

/// <summary>The options of an emulator.</summary>
public sealed record ServerlessEmulatorOptions
{
    /// <summary>The default of <see cref="DataDirectory"/>.</summary>
    public const string DefaultDataDirectory = ".serverless-assets/emulator";

    /// <summary>The auth token if neither <see cref="AuthToken"/> nor <see cref="Credentials"/> is set.</summary>
    public const string DefaultAuthToken = "00000000000000000000000000000000";

    /// <summary>The default of <see cref="AccountSid"/>.</summary>
    public const string DefaultAccountSid = "AC00000000000000000000000000000000";

    /// <summary>
    /// The address to listen on. <see cref="IPAddress.Any"/> makes the emulator available to other machines, for instance
    /// in a container. It needs no credentials by default, so protect it by other means.
    /// </summary>
    public IPAddress ListenAddress { get; init; } = IPAddress.Loopback;

    /// <summary>
    /// Host names and addresses, without port, of requests to the API and the control endpoints, besides <c>localhost</c>,
    /// loopback addresses and <see cref="ListenAddress"/>. Other hosts get 404, so that web pages cannot use the emulator.
    /// </summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>
    /// Port of <see cref="ListenAddress"/>. With 0, the emulator takes the port of the previous emulator on the same data
    /// folder if it is free, else another free port.
    /// </summary>
    public int Port { get; init; }

    /// <summary>
    /// The folder for the database and the uploaded files, relative to the current directory. Created if it does not
    /// exist. Only one emulator at a time can use it.
    /// </summary>
    public string DataDirectory { get; init; } = DefaultDataDirectory;

    /// <summary>
    /// Keeps all data in memory until the emulator is disposed, instead of in <see cref="DataDirectory"/>. Such an
    /// emulator is independent of all others.
    /// </summary>
    public bool InMemory { get; init; }

    /// <summary>
    /// The only accepted <c>user:password</c>; null accepts every <c>AC…</c> or <c>SK…</c> user with any password.
    /// </summary>
    public string? Credentials { get; init; }

    /// <summary>
    /// The auth token that signs requests for protected assets; null uses the password of <see cref="Credentials"/>, or
    /// <see cref="DefaultAuthToken"/>.
    /// </summary>
    public string? AuthToken { get; init; }

    /// <summary>
    /// The account that API keys act for, because the emulator can't know the account of a key. Accounts do not see the
    /// Services of each other, so set it to the account whose auth token you use together with a key.
    /// </summary>
    public string AccountSid { get; init; } = DefaultAccountSid;

    /// <summary>The service's time and the clock of all delays.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The initial fault settings.</summary>
    public EmulatorFaults Faults { get; init; } = new();

    /// <summary>The initial behavior where that of the service is not documented.</summary>
    public EmulatorBehavior Behavior { get; init; } = new();

    /// <summary>
    /// Whether <see cref="ServerlessEmulator.WaitForShutdownAsync"/> returns when standard input ends. If standard input is
    /// a pipe, the emulator then stops with the process at the other end, even when that process is killed.
    /// </summary>
    public bool ExitWhenInputCloses { get; init; }

    /// <summary>
    /// Whether <see cref="ServerlessEmulator.WaitForShutdownAsync"/> returns when no run uses the emulator any longer. An
    /// emulator that several runs share then stops with the last of them, even when they are killed.
    /// </summary>
    public bool ExitWhenUnused { get; init; }

    /// <summary>
    /// Called after the statistics have counted a request or a fault, so that tests need not poll them.
    /// </summary>
    internal Action? OnCounted { get; init; }

    /// <summary>Middleware that runs before all others, so that tests see what is sent and received.</summary>
    internal Func<HttpContext, Func<Task>, Task>? Middleware { get; init; }

    /// <summary>
    /// How long a client can take for the head of a request, and how long a request waits for the next bytes of its body. It
    /// is real time, not that of <see cref="Clock"/>.
    /// </summary>
    internal TimeSpan SendTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Whether <see cref="ServerlessEmulator.Requests"/> has the requests.</summary>
    internal bool KeepsRequests { get; init; } = true;

    /// <summary>Replaces standard input in tests.</summary>
    internal Stream? Input { get; init; }

    internal string EffectiveAuthToken =>
        AuthToken
        ?? (
            Credentials is null
                ? DefaultAuthToken
                : Credentials[(Credentials.IndexOf(':', StringComparison.Ordinal) + 1)..]
        );
}
