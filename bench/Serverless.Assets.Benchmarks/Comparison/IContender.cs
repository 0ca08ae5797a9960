using System.Diagnostics;

namespace Serverless.Assets.Benchmarks.Comparison;

/// <summary>A program that deploys a folder of files.</summary>
internal interface IContender
{
    /// <summary>For people.</summary>
    string Name { get; }

    /// <summary>Its version, and those of the programs that it consists of.</summary>
    string Version { get; }

    /// <summary>Adds to a site what the contender needs, such as a project file. Not measured.</summary>
    Task PrepareAsync(ComparedSite site);

    /// <summary>The commands that deploy a site, one after the other.</summary>
    /// <param name="service">The unique name of the Service, which the first run creates.</param>
    IEnumerable<ProcessStartInfo> Deploy(ComparedSite site, ComparedCase compared, string service, Uri emulator);
}
