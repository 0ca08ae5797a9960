using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Microsoft.Build.Framework;
using Serverless.Assets.Build.Tasks;

namespace Serverless.Assets.Build.Tests;

/// <summary>
/// With <c>-mt</c> the tasks of several projects share one process: what belongs to all of it is not theirs to use.
/// </summary>
public sealed class MultithreadingTests
{
    /// <summary>
    /// Members that access process-wide state or depend on it: a relative path would belong to another project.
    /// </summary>
    private static readonly string[] Forbidden =
    [
        "System.IO.Directory.GetCurrentDirectory()",
        "System.IO.Directory.SetCurrentDirectory(1)",
        "System.Environment.get_CurrentDirectory()",
        "System.Environment.set_CurrentDirectory(1)",
        "System.Environment.SetEnvironmentVariable(2)",
        "System.Environment.SetEnvironmentVariable(3)",
        "System.Environment.Exit(1)",
        "System.Environment.ExpandEnvironmentVariables(1)",
        "System.IO.Path.GetFullPath(1)",
    ];

    /// <summary>
    /// Without the attribute, which is not inherited, MSBuild runs a task in a separate process, which is slower and
    /// cancels differently.
    /// </summary>
    [Fact]
    public void Every_task_may_run_in_the_process()
    {
        var tasks = typeof(AssetTask)
            .Assembly.GetTypes()
            .Where(type => typeof(ITask).IsAssignableFrom(type) && !type.IsAbstract)
            .ToList();

        Assert.NotEmpty(tasks);
        Assert.All(
            tasks,
            task =>
                Assert.Contains(
                    task.GetCustomAttributesData(),
                    attribute =>
                        attribute.AttributeType.FullName
                        == "Microsoft.Build.Framework.MSBuildMultiThreadableTaskAttribute"
                )
        );
    }

    [Theory]
    [InlineData("Serverless.Assets.Build.dll")]
    [InlineData("Serverless.Assets.dll")]
    public void No_task_reads_the_current_directory_or_changes_the_process_environment(string assembly)
    {
        var used = MembersUsedBy(Path.Combine(AppContext.BaseDirectory, assembly));

        Assert.Contains("System.IO.Path.GetFileName(1)", used); // it looks where there is something to see
        Assert.Empty(used.Intersect(Forbidden));
        Assert.DoesNotContain(used, member => member.StartsWith("System.Console.", StringComparison.Ordinal)); // lost in a worker process, and none of our business
    }

    /// <summary>Each member of another assembly that the code refers to, with the number of its parameters.</summary>
    private static HashSet<string> MembersUsedBy(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        var metadata = file.GetMetadataReader();
        var members = new HashSet<string>(StringComparer.Ordinal);
        foreach (var handle in metadata.MemberReferences)
        {
            var member = metadata.GetMemberReference(handle);
            if (member.Parent.Kind == HandleKind.TypeReference && member.GetKind() == MemberReferenceKind.Method)
            {
                var type = metadata.GetTypeReference((TypeReferenceHandle)member.Parent);
                var parameters = ParametersOf(metadata.GetBlobReader(member.Signature));
                members.Add(
                    $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}.{metadata.GetString(member.Name)}({(parameters == 0 ? "" : parameters)})"
                );
            }
        }

        return members;
    }

    /// <summary>
    /// Header, number of type parameters if there are any, number of parameters (ECMA-335, II.23.2.1).
    /// </summary>
    private static int ParametersOf(BlobReader signature)
    {
        if (signature.ReadSignatureHeader().IsGeneric)
        {
            signature.ReadCompressedInteger();
        }

        return signature.ReadCompressedInteger();
    }
}
