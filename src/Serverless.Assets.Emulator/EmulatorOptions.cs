namespace Serverless.Assets.Emulator;

/// <summary>How an emulator is started.</summary>
public sealed record EmulatorOptions
{
    /// <summary>Where the data folder is unless told, relative to the current directory.</summary>
    public const string DefaultDataDirectory = ".serverless-assets/emulator";

    /// <summary>The auth token that signs requests to protected assets, unless told.</summary>
    public const string DefaultAuthToken = "00000000000000000000000000000000";

    /// <summary>Port on 127.0.0.1; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>Folder of the database and the contents; created when missing. One emulator at a time.</summary>
    public string DataDirectory { get; init; } = DefaultDataDirectory;

    /// <summary>The only accepted <c>user:password</c>; null accepts every <c>AC…</c> or <c>SK…</c> user with a password.</summary>
    public string? Credentials { get; init; }

    /// <summary>
    /// Signs requests to protected assets; when null, the password of <see cref="Credentials"/>, else
    /// <see cref="DefaultAuthToken"/>.
    /// </summary>
    public string? AuthToken { get; init; }

    /// <summary>The service's time and the clock of all delays.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>How it misbehaves from the start.</summary>
    public EmulatorFaults Faults { get; init; } = new();

    /// <summary>
    /// Whether <see cref="EmulatorServer.WaitForShutdownAsync"/> ends when standard input does: the process that holds
    /// the other end of the pipe need not be alive to stop this one.
    /// </summary>
    public bool ExitWhenInputCloses { get; init; }

    /// <summary>What stands in for standard input in a test.</summary>
    internal Stream? Input { get; init; }

    internal string EffectiveAuthToken =>
        AuthToken
        ?? (
            Credentials is null
                ? DefaultAuthToken
                : Credentials[(Credentials.IndexOf(':', StringComparison.Ordinal) + 1)..]
        );
}
