[assembly: AssemblyFixture(typeof(PackageFeed))]
[assembly: AssemblyFixture(typeof(ToolFeed))]

// Each test is a dotnet process that keeps a core busy.
[assembly: CollectionBehavior(MaxParallelThreads = 2)]
