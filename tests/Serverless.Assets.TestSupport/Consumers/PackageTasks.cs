using System.Xml.Linq;

namespace Serverless.Assets.TestSupport;

/// <summary>The MSBuild tasks of the package.</summary>
internal static class PackageTasks
{
    /// <summary>Their names, as the package declares them.</summary>
    public static IReadOnlySet<string> Names { get; } =
        XDocument
            .Load(Repository.PathOf("build/Serverless.Assets.Build.Tasks.targets"))
            .Descendants("UsingTask")
            .Select(task => task.Attribute("TaskName")!.Value.Split('.')[^1])
            .ToHashSet(StringComparer.Ordinal);
}
