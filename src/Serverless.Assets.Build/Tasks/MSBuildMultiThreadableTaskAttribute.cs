namespace Microsoft.Build.Framework;

/// <summary>
/// Tells MSBuild 18.6 and later that a task may run in its process in multithreaded mode (<c>-mt</c>). It is matched by
/// its full name, so that a task compiled against an older MSBuild can have it. Ours may: they get full paths only and
/// never ask for the current directory.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false, Inherited = false)]
internal sealed class MSBuildMultiThreadableTaskAttribute : Attribute;
