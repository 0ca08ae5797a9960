namespace Microsoft.Build.Framework;

/// <summary>
/// Tells MSBuild 18.6 and later that a task may run in its process in multithreaded mode (<c>-mt</c>). It is matched by
/// its full name, so that a task compiled against an older MSBuild can have it. Ours may: they get full paths only and
/// never ask for the current directory.
/// <para>
/// <c>IMultiThreadableTask</c> is left out on purpose. MSBuild decides by the attribute alone; the interface would bring
/// <c>TaskEnvironment</c>, and with it the need for an MSBuild.Framework that has it: no MSBuild before 18.6 could load
/// the tasks. Nothing is lost. Paths need no base, and of the environment the tasks read the variables that the build
/// was started with, which are the process's in every mode; they set none.
/// </para>
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false, Inherited = false)]
internal sealed class MSBuildMultiThreadableTaskAttribute : Attribute;
