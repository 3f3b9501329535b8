package pdf
import ("testing";"os";"path/filepath";"context";"time";"golang.org/x/sys/unix")
func TestTmpChild(t *testing.T){
 names,_:=filepath.Glob("/tmp/pdfs/*.pdf")
 p:=&Pool{Cache:"/tmp/wzcache"}
 for range 10 { for _,n:=range names{
  x,_:=os.ReadFile(n)
  if _,err:=p.Read(context.Background(),x); err!=nil{t.Fatal(err)}
 }}
 c:=p.idle[0]
 began:=time.Now()
 p.Close()
 var ru unix.Rusage
 unix.Getrusage(unix.RUSAGE_SELF,&ru)
 t.Log("child",c.command.ProcessState.UserTime(),c.command.ProcessState.SystemTime(),"self",ru.Utime,ru.Stime,time.Since(began))
}
