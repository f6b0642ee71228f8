namespace Digits;

/// <summary>The sample's own folder, for downloads and weights: in the user's local application data.</summary>
internal static class AppFolder
{
    /// <summary>Its path; the folder may not exist yet.</summary>
    public static string Path { get; } = System.IO.Path.Combine(Base(), "NetGen", "Digits");

    /// <summary>Accounts without a home, such as those of some services, have no local application data either.</summary>
    private static string Base()
    {
        string local = Environment.GetFolderPath(
            Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return local.Length > 0 ? local : System.IO.Path.GetTempPath();
    }
}
