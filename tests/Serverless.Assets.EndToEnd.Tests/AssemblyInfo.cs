using Serverless.Assets.EndToEnd.Tests;

[assembly: AssemblyFixture(typeof(PackageFeed))]
[assembly: AssemblyFixture(typeof(ToolFeed))]
[assembly: AssemblyFixture(typeof(ClientFeed))]
[assembly: AssemblyFixture(typeof(EmulatorFeed))]

[assembly: TestCollectionOrderer(typeof(LongestClassesFirst))]

// Each test is a dotnet process that keeps a core busy.
[assembly: CollectionBehavior(MaxParallelThreads = 2)]
