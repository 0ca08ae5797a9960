namespace Serverless.Assets.TestSupport;

/// <summary>A feed with the package of the client.</summary>
public sealed class ClientFeed() : PackedProject("src/Serverless.Assets.Client", $"1.0.0-test.{Guid.NewGuid():n}")
{
    /// <summary>
    /// The content of a NuGet configuration file with this feed, for the client and nothing else, and the sources of the
    /// machine.
    /// </summary>
    internal string Configure() => NuGetConfiguration.AddSource(Folder, Unpacked, PackageFeed.OfMachine);
}
