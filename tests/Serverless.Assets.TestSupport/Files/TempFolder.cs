using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Serverless.Assets.Files;

namespace Serverless.Assets.TestSupport;

/// <summary>
/// A temporary folder that is deleted when it is disposed. Paths are relative to it and use <c>/</c>.
/// </summary>
internal sealed class TempFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("serverless-assets-test-");
    private readonly List<Socket> _sockets = [];

    /// <summary>Full path of the folder.</summary>
    /// <remarks>Without links, which the system's folder for temporary files has on macOS.</remarks>
    public string Path => field ??= PathResolver.Resolve(_folder.FullName);

    /// <summary>Full path of a file or folder, which need not exist.</summary>
    public string this[string relativePath] => System.IO.Path.Combine([Path, .. relativePath.Split('/')]);

    public void Dispose()
    {
        foreach (var socket in _sockets)
        {
            socket.Dispose();
        }

        _folder.Delete(recursive: true);
    }

    /// <summary>Writes a file as UTF-8 and creates its folder if necessary.</summary>
    /// <returns>The full path.</returns>
    public string Write(string relativePath, string content = "x") =>
        Write(relativePath, Encoding.UTF8.GetBytes(content));

    /// <inheritdoc cref="Write(string, string)"/>
    public string Write(string relativePath, byte[] content)
    {
        var file = CreateParent(relativePath);
        File.WriteAllBytes(file, content);
        return file;
    }

    /// <summary>Creates a file that reports this length but occupies no disk space.</summary>
    /// <returns>The full path.</returns>
    public string WriteSparse(string relativePath, long length)
    {
        var file = CreateParent(relativePath);
        using var stream = File.Create(file);
        stream.SetLength(length);
        return file;
    }

    /// <summary>Creates a folder.</summary>
    /// <returns>The full path.</returns>
    public string Folder(string relativePath) => Directory.CreateDirectory(this[relativePath]).FullName;

    /// <returns>The full path of the symbolic link.</returns>
    public string LinkToFile(string relativePath, string target)
    {
        var link = CreateParent(relativePath);
        File.CreateSymbolicLink(link, target);
        return link;
    }

    /// <returns>The full path of the symbolic link.</returns>
    public string LinkToFolder(string relativePath, string target)
    {
        var link = CreateParent(relativePath);
        Directory.CreateSymbolicLink(link, target);
        return link;
    }

    /// <summary>Creates a named pipe, which blocks a program that opens it until another program opens the other end.</summary>
    /// <returns>The full path.</returns>
    public string NamedPipe(string relativePath)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Pipes of Windows are in no folder.");
        var pipe = CreateParent(relativePath);
        using var mkfifo = Process.Start("mkfifo", [pipe]);
        Assert.True(mkfifo.WaitForExit(Deadline.Default), "mkfifo did not end.");
        Assert.Equal(0, mkfifo.ExitCode);
        return pipe;
    }

    /// <summary>Creates a socket on which nobody listens.</summary>
    /// <returns>The full path.</returns>
    public string Socket(string relativePath)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Sockets of Windows are links.");
        var path = CreateParent(relativePath);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        _sockets.Add(socket);
        return path;
    }

    /// <summary>Relative paths of all files below a folder, with <c>/</c>, in ordinal order.</summary>
    /// <param name="below">The folder to search; empty for the whole folder. The paths are relative to it.</param>
    public IReadOnlyList<string> Files(string below = "")
    {
        var root = below.Length == 0 ? Path : this[below];
        return
        [
            .. Directory
                .EnumerateFiles(root, "*", SearchOption.AllDirectories)
                .Select(file => System.IO.Path.GetRelativePath(root, file).Replace('\\', '/'))
                .Order(StringComparer.Ordinal),
        ];
    }

    private string CreateParent(string relativePath)
    {
        var file = this[relativePath];
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        return file;
    }
}
