Console.WriteLine("Digits");
