[assembly: AssemblyFixture(typeof(PackageFeed))]
[assembly: AssemblyFixture(typeof(ToolFeed))]

// Tests mostly wait for processes, each of which uses a core at times: with as many tests as cores, half a core is idle.
[assembly: CollectionBehavior(MaxParallelThreads = 4)]
