namespace Serverless.Assets.Emulator.Tests.Robustness;

/// <summary>What a client does after it has sent a request.</summary>
internal enum Ending
{
    /// <summary>It reads the response. The request is complete, so there is one.</summary>
    Read,

    /// <summary>It sends no more, and reads what there is to read.</summary>
    Finish,

    /// <summary>It closes the connection at once.</summary>
    Close,

    /// <summary>It resets the connection at once.</summary>
    Reset,
}

/// <summary>The bytes of a request, and what the client does after it has sent them.</summary>
internal sealed record HostileRequest(string Kind, byte[] Bytes, Ending Ending);

/// <summary>The resources that hostile requests name.</summary>
internal sealed record HostileTargets(
    string Service,
    string Asset,
    string Version,
    string Function,
    string Build,
    string Environment,
    string Domain
);
