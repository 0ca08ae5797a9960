namespace Microsoft.Build.Framework;

/// <summary>
/// Allows MSBuild 18.6 and later to run a task in its own process in multithreaded mode (<c>-mt</c>). MSBuild matches
/// the attribute by its full name, so a task compiled against an older MSBuild can use it. These tasks qualify because
/// they receive full paths only and never use the current directory.
/// <para>
/// The tasks intentionally do not implement <c>IMultiThreadableTask</c>. The attribute alone is sufficient; the
/// interface would require <c>TaskEnvironment</c> and an MSBuild.Framework that defines it, so that MSBuild before 18.6
/// could not load the tasks. The tasks do not need it: their paths are full paths, and they read only environment
/// variables that the build was started with, which are the same in every mode, and set none.
/// </para>
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false, Inherited = false)]
internal sealed class MSBuildMultiThreadableTaskAttribute : Attribute;
