using Xunit.Sdk;
using Xunit.v3;

namespace Serverless.Assets.EndToEnd.Tests;

/// <summary>
/// Starts the two longest classes before the others: the tests of a class run one after another, so a long class that
/// starts last would keep one core busy and leave the others idle.
/// </summary>
/// <remarks>
/// Only as many classes as run in parallel are certain to start first: the thread pool does not keep the order
/// of the others.
/// </remarks>
public sealed class LongestClassesFirst : ITestCollectionOrderer
{
    private static readonly string[] Longest = [nameof(ScenarioTests), nameof(Documents.DocumentTests)];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(
        IReadOnlyCollection<TTestCollection> testCollections
    )
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderByDescending(collection => Longest.Any(name => IsOf(name, collection)))];

    /// <summary>A class without an attribute is a collection that is named after it.</summary>
    private static bool IsOf(string name, ITestCollection collection) =>
        collection.TestCollectionDisplayName.Contains($".{name} ", StringComparison.Ordinal);
}
