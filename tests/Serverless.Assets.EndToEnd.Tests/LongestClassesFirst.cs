using Xunit.Sdk;
using Xunit.v3;

namespace Serverless.Assets.EndToEnd.Tests;

/// <summary>
/// Starts the classes that take a minute or more before the others: the tests of a class run one after another, so a long class that
/// starts last would keep one core busy and leave the others idle.
/// </summary>
public sealed class LongestClassesFirst : ITestCollectionOrderer
{
    private static readonly string[] Longest =
    [
        nameof(ScenarioTests),
        nameof(Documents.DocumentTests),
        nameof(SolutionTests),
        nameof(WebProjectTests),
        nameof(Pipelines.GitHubActionTests),
        nameof(BlazorSampleTests),
        nameof(DeploymentTargetTests),
    ];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(
        IReadOnlyCollection<TTestCollection> testCollections
    )
        where TTestCollection : ITestCollection => [.. testCollections.OrderBy(GetRank)];

    /// <summary>A class without an attribute is a collection that is named after it.</summary>
    private static int GetRank<TTestCollection>(TTestCollection collection)
        where TTestCollection : ITestCollection
    {
        var rank = Array.FindIndex(
            Longest,
            name => collection.TestCollectionDisplayName.Contains($".{name} ", StringComparison.Ordinal)
        );
        return rank < 0 ? Longest.Length : rank;
    }
}
